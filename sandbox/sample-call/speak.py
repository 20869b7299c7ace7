"""Says one turn: JSON {voice, rate, text} on stdin, raw 16-bit mono at 22,050 Hz on stdout, word events on stderr.

The command line of espeak-ng does not print its word events, so this asks the library for them.
An event is [offset of the word in the text, first sample of the word].
"""

import ctypes
import json
import sys


class Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_id", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", ctypes.c_char * 8),
    ]


SYNCHRONOUS, LIST_END, WORD, CHARS_UTF8, RATE = 2, 0, 1, 1, 1

asked = json.load(sys.stdin)
speech, words = bytearray(), []


def take(samples, count, events):
    if samples and count > 0:
        speech.extend(ctypes.string_at(samples, count * 2))
    at = 0
    while events[at].type != LIST_END:
        if events[at].type == WORD:
            words.append([events[at].text_position - 1, events[at].sample])
        at += 1
    return 0


library = ctypes.CDLL("libespeak-ng.so.1")
library.espeak_Initialize(SYNCHRONOUS, 0, None, 0)
callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(Event))(take)
library.espeak_SetSynthCallback(callback)
if library.espeak_SetVoiceByName(asked["voice"].encode()) != 0:
    sys.exit("no such voice")
library.espeak_SetParameter(RATE, asked["rate"], 0)
text = asked["text"].encode()
library.espeak_Synth(text, len(text) + 1, 0, 1, 0, CHARS_UTF8, None, None)
sys.stdout.buffer.write(bytes(speech))
sys.stderr.write(json.dumps(words))
