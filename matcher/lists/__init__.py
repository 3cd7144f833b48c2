"""Lists in and out: files brought in and taken out again, and answers as lists, letters and cards."""
