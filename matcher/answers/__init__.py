"""What we work out and show, frozen and never stored, always with reasons; and what people tell us, as they tell it."""
