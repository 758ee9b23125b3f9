/// What a person should know of a Dockerfile that can be read: warnings and notes, each with what to do next, and
/// references between stages that no builder can follow.
@NullMarked
package dev.johwa.source.dockerfile.advice;

import org.jspecify.annotations.NullMarked;
