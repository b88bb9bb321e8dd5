"""Keep deadlines in line with what is waited for; warn of them."""
