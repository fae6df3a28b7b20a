"""Files to tables: a spreadsheet is read, people are taken out of it at the door, its columns and codes are proposed and applied.

``read`` turns bytes into a ``Sheet``; ``screen`` drops what could name a person; ``roster`` and ``tables`` propose what each
column and code means and apply what the user has settled; ``blank`` and ``download`` write spreadsheets.
"""

MOST_MEGABYTES = 25
"""How large an uploaded file may be; said on the page before anybody waits, and held to by the server."""
