package dev.johwa.door.web;

import dev.johwa.lib.graph.Unit;
import dev.johwa.watch.history.Course;
import dev.johwa.watch.history.Course.OfRelease;
import java.util.Arrays;
import java.util.List;

/// Requests by the second, or by the minute where there is not one in each second: nobody thinks in 0.0167.
record RequestRate(Unit unit, double times) {
    static RequestRate of(List<Course> courses) {
        double most = courses.stream()
                .flatMap(course -> course.releases().stream())
                .flatMapToDouble(release -> Arrays.stream(release.perSecond()))
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        return most < 1 ? new RequestRate(Unit.PER_MINUTE, 60) : new RequestRate(Unit.PER_SECOND, 1);
    }

    double[] of(OfRelease release) {
        return Arrays.stream(release.perSecond()).map(each -> each * times).toArray();
    }
}
