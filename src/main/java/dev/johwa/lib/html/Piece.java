package dev.johwa.lib.html;

/// What an element is given: an attribute, or something within it.
public sealed interface Piece permits Html, Attribute {}
