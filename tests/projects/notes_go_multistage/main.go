package main

import (
	"flag"
	"fmt"

	"github.com/pkg/errors"
)

func main() {
	flag.Parse()
	if flag.NArg() > 1 {
		panic(errors.New("too many words"))
	}
	fmt.Println("hello")
}
