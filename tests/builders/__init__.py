"""What tests build the county from, by service: values of the domain, a county in a session, acts, served apis.

Builders lie above the floors, which import them and never one another; each module is named by what it builds.
"""
