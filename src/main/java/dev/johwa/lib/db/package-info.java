/// The store of state: one SQLite file, written by one thread with group commit, read by many.
///
/// Face: [Database]. SQL is kept to the dialect that PostgreSQL shares: text ids, bigint milliseconds, boolean, double.
/// Must never know a table: each room keeps its own.
@NullMarked
package dev.johwa.lib.db;

import org.jspecify.annotations.NullMarked;
