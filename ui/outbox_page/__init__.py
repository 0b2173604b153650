"""What the desk writes to customers and to the audience of a level, until it can be delivered."""
