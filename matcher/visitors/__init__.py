"""The other end of the chapters: people without an account, who have nothing but the token of a link."""
