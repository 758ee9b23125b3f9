/// Every other stack: known and planned whether its tools are on this machine or not.
@NullMarked
package dev.johwa.source.detect.other;

import org.jspecify.annotations.NullMarked;
