"""From files of facts to a conference, and findings where they are wrong."""
