// A server that speaks MongoDB's wire protocol, for tests: FerretDB on SQLite, one command at a time.
//
// FerretDB 1.24 reads the documents that an update or a findAndModify is meant for and then writes them by their _id,
// with no lock between the two: of two writers with a version in their filter, both win. MongoDB lets one win. So this
// door passes one command on, waits for its answer, and only then passes on the next, of whichever connection.
package main

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"sync"

	"github.com/FerretDB/FerretDB/ferretdb"
)

const maxMessageBytes = 48_000_000

var turn sync.Mutex

// Usage: ferretdb <folder for data> <address to listen at>. It prints the address once it listens.
func main() {
	folder, at := os.Args[1], os.Args[2]
	inner := folder + "/ferretdb.sock"
	server, err := ferretdb.New(&ferretdb.Config{
		Logger:    slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError})),
		Listener:  ferretdb.ListenerConfig{Unix: inner},
		Handler:   "sqlite",
		SQLiteURL: "file:" + folder + "/",
	})
	check(err)
	go func() { check(server.Run(context.Background())) }()

	door, err := net.Listen("tcp", at)
	check(err)
	fmt.Println(door.Addr())
	for {
		client, err := door.Accept()
		check(err)
		go serve(client, inner)
	}
}

func serve(client net.Conn, inner string) {
	defer client.Close()
	database, err := net.Dial("unix", inner)
	if err != nil {
		return
	}
	defer database.Close()
	for {
		request, err := message(client)
		if err != nil {
			return
		}
		answer, err := ask(database, request)
		if err != nil {
			return
		}
		if _, err = client.Write(answer); err != nil {
			return
		}
	}
}

func ask(database net.Conn, request []byte) ([]byte, error) {
	turn.Lock()
	defer turn.Unlock()
	if _, err := database.Write(request); err != nil {
		return nil, err
	}
	return message(database)
}

// message reads one message: its first four bytes are its length.
func message(from io.Reader) ([]byte, error) {
	head := make([]byte, 4)
	if _, err := io.ReadFull(from, head); err != nil {
		return nil, err
	}
	length := binary.LittleEndian.Uint32(head)
	if length < 16 || length > maxMessageBytes {
		return nil, fmt.Errorf("a message of %d bytes", length)
	}
	whole := make([]byte, length)
	copy(whole, head)
	_, err := io.ReadFull(from, whole[4:])
	return whole, err
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
