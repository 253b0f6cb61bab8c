"""The page: Streamlit pages and the components that they share. They show, and decide nothing."""
