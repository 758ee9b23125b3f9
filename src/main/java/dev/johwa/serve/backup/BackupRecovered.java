package dev.johwa.serve.backup;

import dev.johwa.lib.event.Fact;

/// What failed before went well.
///
/// @param what `backup` or `trial restore`
public record BackupRecovered(String where, String what) implements Fact {
    @Override
    public String subject() {
        return "";
    }
}
