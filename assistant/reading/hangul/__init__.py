"""What Korean government files hold, whichever of their two forms it comes in."""
