/// What a folder is, found out from what lies in it.
///
/// Face: [Detector], [Detection]. One provider a stack, asked in one visible order. Reads only what decides; runs
/// nothing. Must never know the platform it runs on beyond the tools that are there.
@NullMarked
package dev.johwa.source.detect;

import org.jspecify.annotations.NullMarked;
