package dev.johwa.source.identity;

/// What can be allowed or denied.
public enum Permission {
    READ,
    PUSH,
    OPERATE,
    ADMINISTER
}
