"""Pages (页面): one plain function each, from what was asked to a frozen `Page`."""
