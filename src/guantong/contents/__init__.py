"""Contents: loads a contents package into frozen objects of the rooms, validated."""

from guantong.contents.package import Contents

__all__ = ["Contents"]
