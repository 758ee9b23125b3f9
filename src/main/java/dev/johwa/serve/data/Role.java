package dev.johwa.serve.data;

/// Who has a database: the account of an application, which has the name of its database.
record Role(String name, String password) {}
