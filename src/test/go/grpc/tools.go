//go:build tools

package tools

import (
	_ "google.golang.org/grpc/examples/route_guide/client"
	_ "google.golang.org/grpc/examples/route_guide/server"
)
