"""Korean government files: HWPX and HWP 5."""
