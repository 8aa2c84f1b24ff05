import shutil
from functools import partial

import pytest

from onrecord.archive import Archive, stamps
from onrecord.archive.lock import held
from onrecord.archive.stamps import check_stamps, read_certificates, stamp
from onrecord.errors import InputError, WorkspaceError

from .authority import Authority
from .conftest import HashingEmbedder
from .test_captures import file_capture, page_capture, read_from

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl")


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority") / "own")


@pytest.fixture
def roots(authority):
    return read_certificates(authority.root)


@pytest.fixture
def filled(archive):
    archive.add_captured([read_from(page_capture(1), 1), read_from(file_capture(2), 2)])
    return archive


def stamped(archive, authority):
    return stamp(archive, authority.answer, read_certificates(authority.root))


def test_a_stamp_covers_what_is_not_yet_covered(filled, folder, authority, roots):
    first = stamped(filled, authority)
    assert (first.name, first.captures, first.proven) == ("000001", 2, True)
    assert first.moment.endswith("Z")
    with pytest.raises(InputError, match="no capture is without a time stamp"):
        stamped(filled, authority)
    filled.add_captured([read_from(page_capture(3), 3)])
    second = stamped(filled, authority)
    assert (second.name, second.captures) == ("000002", 1)
    found, problems = check_stamps(filled, roots)
    assert [item.captures for item in found] == [2, 1]
    assert all(item.proven for item in found)
    assert problems == []


def test_others_read_the_stamp(filled, folder, authority):
    stamped(filled, authority)
    files = [folder / "stamps" / f"000001.{ending}" for ending in ("txt", "tsr")]
    assert authority.accepts(*files)
    files[0].write_bytes(files[0].read_bytes() + b" ")
    assert not authority.accepts(*files)


def test_nobody_is_asked_about_more_than_a_hash(filled, authority):
    asked = []

    def ask(request):
        asked.append(request)
        return authority.answer(request)

    stamp(filled, ask, read_certificates(authority.root))
    assert len(asked[0]) < 100


def test_without_certificates_a_stamp_is_held_against_the_captures_alone(filled, authority):
    stamped(filled, authority)
    found, problems = check_stamps(filled, None)
    assert [item.proven for item in found] == [False]
    assert problems == []


def test_a_stamp_of_another_authority_does_not_fit(filled, folder, authority, tmp_path):
    other = Authority(tmp_path / "other")
    with pytest.raises(InputError, match="the time stamp does not fit"):
        stamp(filled, other.answer, read_certificates(authority.root))
    assert not list((folder / "stamps").glob("*.t*"))
    stamped(filled, authority)
    found, [(name, why)] = check_stamps(filled, read_certificates(other.root))
    assert (found, name) == ([], "000001")
    assert "does not fit" in why


def test_an_old_answer_does_not_fit(filled, authority):
    """Of the same list, but to another question: it may be of any time."""
    answers = []

    def lost(request):
        answers.append(authority.answer(request))
        raise InputError("the line broke")

    with pytest.raises(InputError, match="the line broke"):
        stamp(filled, lost, read_certificates(authority.root))
    with pytest.raises(InputError, match="does not fit: Nonce mismatch"):
        stamp(filled, lambda request: answers[0], read_certificates(authority.root))


@pytest.mark.parametrize(
    "answer", [b"", b"<html>no stamp</html>", b"\x30\x03\x02\x01\x00", b"0" * 99]
)
def test_answers_that_are_no_stamps(filled, folder, roots, answer):
    with pytest.raises(InputError, match=r"no time stamp|refuses"):
        stamp(filled, lambda request: answer, roots)
    assert not list((folder / "stamps").glob("*.t*"))


def test_an_authority_that_refuses(filled, authority):
    refused = b"\x30\x05\x30\x03\x02\x01\x02"
    with pytest.raises(InputError, match="refuses a time stamp"):
        stamp(filled, lambda request: refused, read_certificates(authority.root))


@pytest.mark.parametrize(
    ("name", "change", "why"),
    [
        ("000001.txt", lambda old: old + b"urn:uuid:1", "not the one that was signed|Mismatch"),
        ("000001.tsr", lambda old: old[:-20] + bytes(20), "does not fit|no time stamp"),
        ("000001.tsr", lambda old: b"", "no time stamp"),
    ],
)
def test_what_was_altered_is_noticed(filled, folder, authority, roots, name, change, why):
    stamped(filled, authority)
    path = folder / "stamps" / name
    path.write_bytes(change(path.read_bytes()))
    _, [(_, found)] = check_stamps(filled, roots)
    assert any(part in found for part in why.split("|"))


def test_a_stamp_that_is_gone(filled, folder, authority, roots):
    stamped(filled, authority)
    (folder / "stamps" / "000001.tsr").unlink()
    assert check_stamps(filled, roots)[1][0][0] == "000001"


def test_a_list_that_was_taken_out_is_noticed(filled, folder, authority, roots):
    stamped(filled, authority)
    filled.add_captured([read_from(page_capture(3), 3)])
    stamped(filled, authority)
    for path in (folder / "stamps").glob("000001.*"):
        path.unlink()
    _, [(name, why)] = check_stamps(filled, roots)
    assert name == "000002"
    assert "does not follow on the one before" in why


def test_a_stamped_capture_that_is_no_longer_kept_is_noticed(
    filled, folder, authority, roots, tmp_path
):
    stamped(filled, authority)
    Archive.create(tmp_path / "other")
    shutil.copytree(folder / "stamps", tmp_path / "other" / "stamps")
    with Archive.open(tmp_path / "other", HashingEmbedder()) as other:
        _, [(_, why)] = check_stamps(other, roots)
    assert "no longer kept with that hash" in why


@pytest.mark.parametrize("content", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAA"])
def test_certificates_that_are_none(tmp_path, content):
    (tmp_path / "ca.pem").write_bytes(content)
    with pytest.raises(InputError, match="no certificates in PEM form"):
        read_certificates(tmp_path / "ca.pem")
    with pytest.raises(InputError, match="No such file"):
        read_certificates(tmp_path / "none.pem")


def test_two_at_once(filled, authority, monkeypatch):
    monkeypatch.setattr(stamps, "held", partial(held, wait_seconds=0.05))

    def ask(request):
        with pytest.raises(WorkspaceError, match="another process is getting a time stamp"):
            stamped(filled, authority)
        return authority.answer(request)

    assert stamp(filled, ask, read_certificates(authority.root)).captures == 2
