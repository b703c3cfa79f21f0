"""升学: 高职自主招生 and the three lines of 专升本, as far as our sources state them."""
