package dev.johwa.serve.release;

/// The two sides of what is live: instances that run and routes that lead to them.
record Live(Fleet fleet, Routes routes) {}
