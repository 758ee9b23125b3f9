/// The team's delivery figures, by the definitions of [Report]: how often, how fast, how safely it ships.
///
/// Face: [Dora], [Question], [Report]. facts of deployments → one [Fold] → rows by app and environment → a question
/// picks rows → figures, each with its n and its evidence. Must never know how a deployment is made, nor where the
/// figures are shown.
@NullMarked
package dev.johwa.watch.dora;

import org.jspecify.annotations.NullMarked;
