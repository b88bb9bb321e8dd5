"""What the gateway does with facts and sections: it stores copies."""
