/// Projects that run on a Java virtual machine.
@NullMarked
package dev.johwa.source.detect.jvm;

import org.jspecify.annotations.NullMarked;
