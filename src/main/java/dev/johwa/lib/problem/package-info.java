/// Errors as they are told to a person: what happened with the value, where, and what to do next.
///
/// Face: [Problem], [ProblemException], [Place]. Every room throws these for what a user can mend; doors map
/// the kind to an HTTP status and an exit code. Must never know who reads it.
@NullMarked
package dev.johwa.lib.problem;

import org.jspecify.annotations.NullMarked;
