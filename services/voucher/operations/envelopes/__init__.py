"""What an enrolment in a package does to money: reserve, fund, undo."""
