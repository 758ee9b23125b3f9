package dev.johwa.main.doctor;

import dev.johwa.door.api.Examination.Finding;
import dev.johwa.source.git.Progress;
import java.util.ArrayList;
import java.util.List;

/// A look at one kind of thing. Used once, by one thread.
abstract class Look {
    private final String area;
    private final List<Finding> findings = new ArrayList<>();

    /// @param area in the plural: `repositories`
    Look(String area) {
        this.area = area;
    }

    /// @return at how much it looked, in words
    abstract String through(Progress progress);

    /// Whether something that people do meanwhile could look like a fault: then what is found counts when a second
    /// look finds it too.
    boolean mayPass() {
        return true;
    }

    String area() {
        return area;
    }

    List<Finding> findings() {
        return findings;
    }

    void broken(String what, String wrong, String means, String next) {
        findings.add(new Finding(Finding.BROKEN, area, what, wrong, means, next));
    }

    void warning(String what, String wrong, String means, String next) {
        findings.add(new Finding(Finding.WARNING, area, what, wrong, means, next));
    }

    static String counted(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
