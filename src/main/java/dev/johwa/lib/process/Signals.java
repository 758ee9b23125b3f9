package dev.johwa.lib.process;

import java.util.List;

/// Signals that this process ignores because it was started so, as in the background of a script (`johwa up &`) or by
/// `nohup`: what it starts would ignore them too, and never see Ctrl-C.
final class Signals {
    private static final List<String> BACK = List.of("/usr/bin/env", "--default-signal=HUP,INT,QUIT");
    /// Of the numbers 1, 2 and 3, each a bit less.
    private static final long HUP_INT_QUIT = 0b111;

    private Signals() {}

    /// The words before a program that give it those signals back; none where none of them is ignored.
    static List<String> back() {
        return (ProcFolder.ownMask("SigIgn:") & HUP_INT_QUIT) == 0 ? List.of() : BACK;
    }
}
