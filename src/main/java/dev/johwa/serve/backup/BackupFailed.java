package dev.johwa.serve.backup;

import dev.johwa.lib.event.Fact;

/// A backup that was to be made by itself, or brought back for trial, failed; told once until one goes well again.
///
/// @param what `backup` or `trial restore`
public record BackupFailed(String where, String what, String problem) implements Fact {
    @Override
    public String subject() {
        return "";
    }
}
