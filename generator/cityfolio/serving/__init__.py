"""The site on this machine while it is edited: production headers, what is wrong on the page where it is, and live reload.

It serves to this machine alone. A page of some other site that is open in the same browser is kept out by the Host and Origin
headers, which it cannot choose.
"""
