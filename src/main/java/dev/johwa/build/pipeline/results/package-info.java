/// Reads what test runners print and write: how many ran, which failed, and where.
@NullMarked
package dev.johwa.build.pipeline.results;

import org.jspecify.annotations.NullMarked;
