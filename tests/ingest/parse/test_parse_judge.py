from __future__ import annotations

import pytest

from ingest.parse.judge import is_paper
from ingest.parse.papers import Row


@pytest.mark.parametrize(
    ("words", "original", "copies"),
    [
        ("Đơn xin mượn sách", 1, 0),
        ("b) Giấy giới thiệu của lớp: 01 bản chính;", 0, 0),
        ("Trường hợp mượn hộ thì phải có giấy ủy quyền", 1, 0),
        ("Đối với nhóm đọc: Danh sách thành viên", 1, 0),
        ("Xuất trình thẻ học sinh", 0, 0),
        ("Hộ chiếu của bạn đọc nước ngoài", 0, 1),
        ("Đề án mở kho sách, trong đó phải có tối thiểu các nội dung sau:", 1, 0),
        ("Báo cáo về kho sách, trong đó bao gồm:", 1, 0),
        ("Nếu đọc lâu năm, phải có nhận xét của thủ thư", 1, 0),
        ("Đối với người chịu trách nhiệm giữ kho phải có Bản khai lý lịch", 1, 0),
        ("Bản chụp thẻ theo hình thức kiểm tra trước hoặc kiểm soát chi sau", 1, 0),
        ("Một (01) bản sao thẻ học sinh (kèm bản chính để đối chiếu)", 0, 0),
        ("Giải trình cách giữ sách, bao gồm: giá sách", 0, 0),
        ("Các loại giấy tờ do thư viện cấp cho bạn đọc (nếu có)", 0, 0),
        ("Trình báo mất sách theo mẫu", 0, 0),
        ("02 bộ hồ sơ mượn sách quý", 1, 0),
        ("Tình hình mượn sách (theo Mẫu số 3)", 1, 0),
        ("Gia hạn thẻ của bạn đọc xaGiaHan.docx", 1, 0),
        ("Trường hợp mượn hộ thì giấy ủy quyền là tài liệu phải có trong hồ sơ mượn sách", 1, 0),
        ("Trường hợp hết hạn thẻ thì cơ quan, tổ chức phải nộp thêm bản chính thẻ cũ", 1, 0),
    ],
)
def test_rows_that_are_papers(words: str, original: int, copies: int):
    assert is_paper(Row(words, original, copies))


@pytest.mark.parametrize(
    ("words", "original", "caption"),
    [
        ("Lưu ý: nhớ mang bút", 1, ""),
        ("Số lượng hồ sơ: 01 bộ", 1, ""),
        ("Hồ sơ như nêu tại mục 1a", 1, ""),
        ("Bạn đọc gửi hồ sơ, thành phần hồ sơ gồm:", 1, ""),
        ("Người mượn hộ chịu trách nhiệm về sách đã mượn", 1, ""),
        ("Trường hợp nộp hồ sơ qua mạng thì gửi bản chụp", 1, ""),
        ("Chậm nhất 02 ngày trước khi hết hạn thẻ", 0, ""),
        ("Thẻ phải sạch", 0, "* Lưu ý:"),
        ("Không quy định", 1, ""),
        ("Phiếu này là biểu mẫu điện tử, bạn đọc kê khai khi nộp trực tuyến", 1, ""),
        ("Phiếu được tạo lập khi thủ thư trích xuất thông tin", 0, ""),
        ("Trong đó cung cấp rõ số điện thoại của bạn đọc", 1, ""),
        ("Thực hiện khai báo theo các trường thông tin của thư viện", 1, ""),
        ("Cung cấp các thông tin theo hướng dẫn của thư viện", 1, ""),
        ("SL hồ sơ: 01 bộ", 1, ""),
        ("01 bộ gốc", 1, ""),
        ("(01) bộ hồ sơ trực tiếp hoặc qua bưu điện và một (01) bản điện tử", 0, ""),
        ("02 (hai) bộ hồ sơ gửi về thư viện", 0, ""),
        ("Không phải nộp hồ sơ gia hạn mà chỉ cần ghi vào đơn mượn", 1, ""),
        ("k) Tình hình mượn, trả sách trong hai năm trước;", 1, ""),
        ("d) Dự kiến kế hoạch mua sách", 1, ""),
        ("Không cần quyết định của thư viện trong trường hợp mượn tại chỗ", 1, ""),
        ("Được hợp pháp hóa lãnh sự, trừ trường hợp được miễn", 1, ""),
        ("Lập hội đồng kiểm kê sách", 1, ""),
        ("Thủ tục về mượn sách được làm đồng thời, phải có kết quả gửi thư viện", 1, ""),
        (
            "Trường hợp thư viện tra được thông tin về: giấy tờ thì không cần nộp giấy tờ này.",
            1,
            "",
        ),
        ("Trường hợp có nhiều thẻ thì bạn đọc chỉ phải nộp một bộ hồ sơ", 1, ""),
        ("Trường hợp bạn đọc lựa chọn nhận sách tại nhà thì phải nộp các giấy tờ trên", 1, ""),
        ("Trường hợp bạn đọc nộp hồ sơ thì các giấy tờ là bản sao, phải có bản chính", 1, ""),
        ("Trường hợp đăng ký qua mạng: Hồ sơ gồm các giấy tờ theo Luật Thư viện", 1, ""),
        ("Trường hợp không xác nhận thì Cơ quan đăng ký hủy thẻ, phải kèm theo bản sao", 0, ""),
        ("Hồ sơ mượn sách quý thực hiện theo quy định của Luật Thư viện", 1, ""),
        ("Tài liệu quy định tại điểm e Mục 1 chỉ áp dụng đối với sách in theo Luật 5", 0, ""),
        ("Nghị quyết mở kho phải thể hiện nội dung chuyển giao sách", 0, ""),
        ("Đề án mở kho phải có các nội dung: tên kho", 1, ""),
        ("Hồ sơ mở kho phải có trang bìa và mục lục", 1, ""),
        ("Các thông tin kê khai được đối chiếu với sổ của thư viện", 1, ""),
        ("Tên kho sách; mục tiêu; số sách", 1, ""),
        ("Lý do mượn lâu", 1, ""),
        ("+ Không còn đủ tiêu chuẩn mượn sách quý", 1, ""),
        ("Thư viện tra sổ:,", 0, ""),
        ("Bổ sung, hiệu đính thông tin trên thẻ", 1, ""),
        ("Nội dung khác theo yêu cầu của thư viện", 1, ""),
        ("Đề xuất cách giữ sách", 1, "Đề án mở kho gồm các nội dung sau:"),
        ("Số giá sách và nơi đặt", 1, "Đề án mở kho gồm các thông tin chủ yếu sau:"),
        (
            "Trường hợp nhiều người mượn thì phải có đủ chữ ký, trừ trường hợp có văn bản ủy quyền",
            1,
            "",
        ),
        (
            "Khi có người đọc tại chỗ thì phải thực hiện việc thông báo, đề nghị xuất trình thẻ",
            1,
            "",
        ),
    ],
)
def test_rows_that_are_instructions(words: str, original: int, caption: str):
    assert not is_paper(Row(words, original, 0, caption))


def test_a_paper_under_a_caption_about_contents_is_a_paper():
    caption = "Đề án mở kho sách gồm các nội dung sau:"
    assert is_paper(Row("Danh sách giá sách", 1, 0, caption))
