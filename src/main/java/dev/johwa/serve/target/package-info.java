/// Where instances run.
///
/// Face: [Target], [InstanceSpec], [Instance]. A spec → an instance with an address → healthy or not → stopped, its
/// last words kept. Instances outlive the control plane and are found again. Must never know routes or releases.
@NullMarked
package dev.johwa.serve.target;

import org.jspecify.annotations.NullMarked;
