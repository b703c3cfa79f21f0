"""Sheets (表单): declared tables and records read with every fault collected at once."""

from guantong.sheets.records import Record
from guantong.sheets.tables import Column, Row, read_table

__all__ = ["Column", "Record", "Row", "read_table"]
