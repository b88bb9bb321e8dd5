"""What can be done to vouchers and to the county's money, one file for each verb."""
