/// The store of state: a file of SQLite or a schema of PostgreSQL (ADR 31), written by one thread with group commit,
/// read by many.
///
/// Face: [Database]. SQL is kept to the dialect that PostgreSQL shares: text ids, bigint milliseconds, boolean,
/// double, and `integer primary key` for a number that counts by itself.
/// Must never know a table: each room keeps its own.
@NullMarked
package dev.johwa.lib.db;

import org.jspecify.annotations.NullMarked;
