"""What the views for officials find, held against what people labelled: one small module a view."""
