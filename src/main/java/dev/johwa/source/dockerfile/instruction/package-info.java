/// The instructions of a Dockerfile, each with what it says, checked as `instructions` of BuildKit's front end checks
/// them. Variables are still as they are written. Texts are raw, as in `syntax`.
@NullMarked
package dev.johwa.source.dockerfile.instruction;

import org.jspecify.annotations.NullMarked;
