package dev.johwa.watch.telemetry.query;

/// Adds up with a second number for what rounding lost (Neumaier), as Prometheus does.
final class Sum {
    private double sum;
    private double lost;
    private double count;
    private double mean;
    private boolean isMean;

    void add(double value) {
        double next = sum + value;
        if (Double.isInfinite(next)) {
            lost = 0;
        } else if (Math.abs(sum) >= Math.abs(value)) {
            lost += (sum - next) + value;
        } else {
            lost += (value - next) + sum;
        }
        sum = next;
    }

    double value() {
        return sum + lost;
    }

    /// For the mean: where the sum would be too large for a number, the mean is carried on instead.
    void addToMean(double value) {
        count++;
        if (!isMean) {
            double before = sum;
            double lostBefore = lost;
            add(value);
            if (count == 1 || !Double.isInfinite(sum)) {
                return;
            }
            isMean = true;
            mean = before / (count - 1);
            lost = lostBefore / (count - 1);
        }
        double share = (count - 1) / count;
        sum = share * mean;
        lost = share * lost;
        add(value / count);
        mean = sum;
    }

    double mean() {
        return isMean ? mean + lost : sum / count + lost / count;
    }
}
