"""What a record is made of and how its parts are judged; pure Python."""
