/// What the edge served in the last hour, by release.
///
/// Face: [Traffic], [Served]. All who look ask here, one reading for a second → differences by minute, bounded, in
/// memory. Must never know doors. It begins anew with the control plane; what lasts is for a store of its own.
@NullMarked
package dev.johwa.watch.traffic;

import org.jspecify.annotations.NullMarked;
