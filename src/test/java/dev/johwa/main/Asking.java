package dev.johwa.main;

import java.util.List;

/// People who ask all the time, and note each answer that is not the app's.
interface Asking {
    /// From now on an answer may be missing, or may not.
    void mayFail(boolean may);

    /// What was asked for and not got while no answer might be missing.
    List<String> lost();
}
