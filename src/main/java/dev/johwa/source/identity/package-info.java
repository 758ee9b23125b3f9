/// Who someone is and what they may do.
///
/// Face: [People], [Tokens], [Sessions], [Identity], [Permission]. Tokens, sessions and links are stored hashed,
/// passwords as Argon2id; deny by default. Must never know doors.
@NullMarked
package dev.johwa.source.identity;

import org.jspecify.annotations.NullMarked;
