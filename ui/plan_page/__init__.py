"""What a customer's plan entitles to."""
